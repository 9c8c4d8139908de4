"""Limits GDAL to the vector formats we read, before GDAL is imported, and proves it afterwards.

Some of GDAL's drivers open other files or the network on behalf of the file they are given (VRT, GDALG, VirtualOGR in SQLite,
every web driver), whatever that file is called. The only switch that holds is `OGR_SKIP`, comma-separated, in the environment
before GDAL is first imported. It is a list of names to leave out, so a new GDAL may bring a driver it does not know:
`assert_drivers` therefore compares what is there with what is allowed, and nothing is opened when it finds more.
"""

import os
from functools import cache

ALLOWED = frozenset({"ESRI Shapefile", "GPKG", "GeoJSON", "KML", "LIBKML", "MEM"})


_OTHERS = """
ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,Elasticsearch,
FlatGeobuf,GDALG,GML,GPSBabel,GPX,GTFS,GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,LVBAG,MBTiles,
MVT,MapInfo File,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,OGR_PDS,OGR_VRT,OSM,OpenFileGDB,
PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,S57,SQLite,SXF,Selafin,TopoJSON,VDV,VFK,VICAR,WAsP,WFS,
XLSX
"""

os.environ["OGR_SKIP"] = ",".join(name.strip() for name in _OTHERS.replace("\n", "").split(","))
# SpatiaLite, which GDAL brings for databases, reads and writes files through SQL functions where this is set; and no view or trigger
# of a database we are given may call functions that are not harmless.
os.environ.pop("SPATIALITE_SECURITY", None)
os.environ["OGR_SQLITE_PRAGMA"] = "trusted_schema=OFF"
# KML styles may point to other hosts; positions and names are all we want.
os.environ["LIBKML_RESOLVE_STYLE"] = "NO"
os.environ["LIBKML_EXTERNAL_STYLE"] = "NO"
# A GeoJSON feature of more than this many megabytes is refused instead of filling the memory.
os.environ.setdefault("OGR_GEOJSON_MAX_OBJ_SIZE", "200")


class DriversNotLimited(RuntimeError):
    """GDAL was imported before this module, or brings drivers it does not know: an error of ours, not of the file."""

    def __init__(self, too_many: frozenset[str]) -> None:
        """Name the drivers that should not be there."""
        super().__init__(f"GDAL offers drivers that are not allowed: {', '.join(sorted(too_many))}")
        self.too_many = too_many


@cache
def assert_drivers() -> None:
    """Import GDAL's reader and make sure it knows allowed drivers only; raises DriversNotLimited otherwise."""
    import pyogrio

    if too_many := frozenset(pyogrio.list_drivers()) - ALLOWED:
        raise DriversNotLimited(too_many)
