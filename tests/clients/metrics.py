"""Reads the metrics with the parsers of Prometheus' own client, which take nothing that is not in the standard."""

import pathlib
import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as prometheus

folder = pathlib.Path(sys.argv[1])
counted = {}
for name, parse in (("openmetrics", openmetrics), ("prometheus", prometheus)):
    families = {family.name: family for family in parse((folder / name).read_text())}
    for expected, kind in (
        ("flg_http_requests", "counter"),
        ("flg_http_request_duration_seconds", "histogram"),
        ("flg_queries", "counter"),
        ("flg_store_triples", "gauge"),
        ("process_start_time_seconds", "gauge"),
    ):
        assert expected in families, f"{name}: {expected} is not among {sorted(families)}"
        assert families[expected].type == kind, f"{name}: {expected} is a {families[expected].type}"
        assert families[expected].documentation, f"{name}: {expected} has no help"
        assert families[expected].samples, f"{name}: {expected} has no sample"
    asked = [s.value for s in families["flg_queries"].samples if s.labels.get("kind") == "ask" and s.name.endswith("_total")]
    assert asked == [1.0], f"{name}: {asked}"
    counted[name] = len(families)
print(f"Prometheus' parsers read {counted['openmetrics']} and {counted['prometheus']} metrics")
