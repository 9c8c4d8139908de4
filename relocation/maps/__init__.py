"""Maps that open without a network: Folium builds the page, and only geometry and integers ever reach it."""
