"""Writes a drawing as DWG: DXF through ACadSharp's writer, which knows the versions from R14 to 2018.

The writer loses the values of attributes, so title blocks in DWG are cells. Its moments and its name are put right afterwards where it
lets them be set.
"""



VERSIONS = {"R14": 1014, "R2000": 1015, "R2004": 1018, "R2010": 1024, "R2013": 1027, "R2018": 1032}
