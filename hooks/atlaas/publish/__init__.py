"""What machines read: the finder's files and the sitemap. The last step of the way."""
