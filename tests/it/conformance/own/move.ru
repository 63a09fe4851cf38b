PREFIX ex: <http://example.org/>
CREATE GRAPH <http://example.org/moved> ;
DELETE { ?project ex:fundedBy ?funder } INSERT { GRAPH <http://example.org/moved> { ?funder ex:funds ?project ; ex:note [] } }
WHERE { ?project ex:fundedBy ?funder FILTER(?funder = ex:ana) } ;
DELETE DATA { ex:nets ex:amount 2.50 }
