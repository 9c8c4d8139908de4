"""Limits GDAL to the vector formats we read, before GDAL is imported, and proves it afterwards.

Some of GDAL's drivers open other files or the network on behalf of the file they are given (VRT, GDALG, VirtualOGR in SQLite,
every web driver), whatever that file is called. The only switch that holds is `OGR_SKIP`, comma-separated, in the environment
before GDAL is first imported. It is a list of names to leave out, so a new GDAL may bring a driver it does not know:
`assert_drivers` therefore compares what is there with what is allowed, and nothing is opened when it finds more.
"""

import os
from functools import cache

ALLOWED = frozenset({"ESRI Shapefile", "GPKG", "GeoJSON", "KML", "LIBKML", "MEM", "Memory"})

_OTHERS = """
ADBC,AIVector,AmigoCloud,ARCGEN,AVCBin,AVCE00,CAD,Carto,Cloudant,CouchDB,CSV,CSW,DB2ODBC,DGN,DGNV8,DODS,DWG,DXF,EDIGEO,EEDA,
Elasticsearch,ElasticSearch,ESRIJSON,FileGDB,FlatGeobuf,Geoconcept,Geomedia,GDALG,GeoJSONSeq,GeoRSS,GFT,GML,GMLAS,GMT,GNMDatabase,
GNMFile,GPSBabel,GPSTrackMaker,GPX,GRASS,GTFS,GTM,HANA,HTF,HTTP,IDB,Idrisi,INGRES,Interlis 1,Interlis 2,JML,JP2OpenJPEG,JPEG2000,
JSONFG,KMLSUPEROVERLAY,LVBAG,MapInfo File,MapML,MBTiles,MDB,MiraMonVector,MongoDB,MongoDBv3,MSSQLSpatial,MVT,MySQL,NAS,netCDF,NGW,
NULL,OAPIF,OCI,ODBC,ODS,OGCAPI,OGDI,OGR_DODS,OGR_GMT,OGR_OGDI,OGR_PDS,OGR_SDE,OGR_VRT,OpenAir,OpenFileGDB,OpenJUMP,OSM,Parquet,Arrow,
PCIDSK,PDF,PDS4,PG,PGDUMP,PGeo,PLSCENES,PMTiles,PostgreSQL,REC,S57,SDE,SEGUKOOA,SEGY,Selafin,SOSI,SQLite,SUA,SVG,SXF,TIGER,TopoJSON,
UK .NTF,VDV,VFK,VICAR,Walk,WAsP,WFS,WFS3,XLS,XLSX,XODR,XPlane,MiraMon,OGR_MVT,Snowflake
"""

os.environ["OGR_SKIP"] = ",".join(name.strip() for name in _OTHERS.replace("\n", "").split(","))
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
