"""French words and typography, and CommonMark: what every step may use."""

from atlaas.text.words import NBSP, NNBSP, date, fold, number, plural, shortened, slug, sort_key
