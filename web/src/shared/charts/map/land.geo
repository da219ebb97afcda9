{ "make": "land", "keep": 0.02 }
