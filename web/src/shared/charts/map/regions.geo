{ "make": "regions" }
