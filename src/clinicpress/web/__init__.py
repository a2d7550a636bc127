"""Web pages and the HTML within other texts: what a browser shows of them."""
