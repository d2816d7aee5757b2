"""What people write -> a place: the one resolver of names, codes and postcodes."""
