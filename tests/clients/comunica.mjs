// Asks a running server with Comunica, alone and together with a file that it serves: comunica.mjs ADDRESS
import assert from 'node:assert/strict';
import { QueryEngine } from '@comunica/query-sparql';

const address = process.argv[2];
const base = 'https://w3id.org/forced-labour-graph/';
const prefixes = `PREFIX flg: <${base}ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> `;
const engine = new QueryEngine();

async function names(query, sources) {
  const bindings = await (await engine.queryBindings(prefixes + query, { sources })).toArray();
  return [...new Set(bindings.map((row) => row.get('x').value))].sort();
}

// The endpoint is told from its service description, without its type.
const endpoint = `${address}/sparql`;
const dol = [`${base}id/organization/usa-dol`];
assert.deepEqual(await names('SELECT ?x { ?p flg:fundedBy ?x }', [endpoint]), dol);

// Federation: who funds is in the endpoint, the names of countries are in the file.
const file = { type: 'file', value: `${address}/data/graph/authority.ttl` };
const typed = { type: 'sparql', value: endpoint };
const joined = await names('SELECT ?x { ?x flg:fundedBy ?f . ?c skos:prefLabel "Francia"@es }', [typed, file]);
assert.deepEqual(joined, [`${base}id/programme/senderos`]);

// SERVICE, from an engine that may ask others.
const service = await names(`SELECT ?x { ?c skos:prefLabel "Francia"@es . SERVICE <${endpoint}> { ?p flg:fundedBy ?x } }`, [file]);
assert.deepEqual(service, dol);

assert.equal(await engine.queryBoolean('ASK { ?s ?p ?o }', { sources: [endpoint] }), true);
