"""The page in the browser: an application, its pages as rooms of their own, and the server that runs it.

`app` puts together what modules give as lists of routes; `gate` decides what is let in, `replies` how answers look.
"""
