"""The verbs on drawings: taken in, understood, set right, compared, judged, decided on, withdrawn; each module one of them."""
