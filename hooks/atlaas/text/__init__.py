"""French words and typography, and CommonMark: what every step may use."""

from atlaas.text.words import (
    NBSP,
    NNBSP,
    date,
    first_of,
    fold,
    moment,
    number,
    plural,
    shortened,
    since,
    slug,
    sort_key,
)
