{ "make": "unitedStates", "keep": 0.5 }
