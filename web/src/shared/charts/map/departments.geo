{ "make": "departments" }
