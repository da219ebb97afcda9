{ "make": "countries", "keep": 0.04 }
