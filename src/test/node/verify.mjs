// Checks a credential and its tampered variants with three independent verifiers, offline: whatever is not in `documents`
// is refused. Usage: node verify.mjs input.json
//   input: {documents: {url: json}, credential, tampered: {name: credential}, jwt, tamperedJwts: {name: jwt}, schema: bool,
//     withdrawn: {url: json}}: the status list as it is once the credential is taken back,
//     more: [{name, credential, jwts: [jwt], forged: [credential], withdrawn: bool, expired: bool}]}: any number of others, or JWTs alone
// Prints one line per check and ends with status 1 if one of them is not as it must be.
import fs from 'node:fs';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as jose from 'jose';

const input = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const MULTIKEY = 'https://w3id.org/security/multikey/v1';
let failures = 0;

globalThis.fetch = async (url) => {
  const found = input.documents[String(url.url ?? url)];
  if (found === undefined) {
    return new Response('not found', {status: 404});
  }
  return new Response(JSON.stringify(found), {status: 200, headers: {'content-type': 'application/json'}});
};

function say(verifier, name, expected, actual, detail = '') {
  const right = expected === actual;
  failures += right ? 0 : 1;
  console.log(`${right ? 'ok' : 'NOT OK'} ${verifier}: ${name} is ${actual ? 'valid' : 'invalid'} ${right ? '' : detail}`);
}

function didUrl(did) {
  const [host, ...path] = did.slice('did:web:'.length).split(':').map(decodeURIComponent);
  return `https://${host}/${path.length ? path.join('/') : '.well-known'}/did.json`;
}

async function documentLoader(url) {
  const [base, fragment] = url.split('#');
  let document = input.documents[base.startsWith('did:web:') ? didUrl(base) : url];
  if (document && fragment) {
    const method = document.verificationMethod.find((candidate) => candidate.id === url);
    document = method && {'@context': MULTIKEY, ...method};
  }
  if (!document) {
    throw new Error(`refused ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document};
}

const byId = (credential) => credential.credentialStatus?.type === '1EdTechRevocationList';

// No verifier of npm reads this kind of list; what it says is plain.
function isListed(credential) {
  const status = credential.credentialStatus;
  return status?.type === '1EdTechRevocationList' && input.documents[status.id].issuer === credential.issuer.id
    && input.documents[status.id].revokedCredential.some((each) => each.id === credential.id && each.revoked !== false);
}

async function digitalBazaar(credential) {
  const suite = new DataIntegrityProof({cryptosuite});
  const result = await vc.verifyCredential({credential, suite, documentLoader,
    checkStatus: byId(credential) ? async () => ({verified: true}) : checkStatus});
  // It calls a revoked credential verified, and says beside it that it is revoked.
  const inForce = credential.credentialStatus === undefined
    || (byId(credential) ? !isListed(credential) : result.statusResult?.results?.every((entry) => entry.status === false) === true);
  return {valid: result.verified && inForce,
    detail: JSON.stringify([result.error?.errors?.map((error) => error.message), result.statusResult])};
}

async function digitalCredentials(credential) {
  const {verifyCredential} = await import('@digitalcredentials/verifier-core');
  const result = await verifyCredential({credential, knownDIDRegistries: []});
  const signature = result.log?.find((entry) => entry.id === 'valid_signature');
  const inForce = result.log?.find((entry) => entry.id === 'revocation_status');
  const current = result.log?.find((entry) => entry.id === 'expiration')?.valid !== false;
  const schemas = (result.additionalInformation ?? [])
    .filter((entry) => entry.id === 'schema_check')
    .flatMap((entry) => entry.results ?? []);
  const schema = schemas.every((entry) => entry.result?.valid === true);
  const standing = credential.credentialStatus === undefined || (byId(credential) ? !isListed(credential) : inForce?.valid === true);
  return {valid: signature?.valid === true && current && standing && (!input.schema || (schemas.length > 0 && schema)), detail: JSON.stringify(result).slice(0, 2000)};
}

async function joseJwt(jwt) {
  try {
    const header = jose.decodeProtectedHeader(jwt);
    const jwk = input.documents[header.kid];
    const {payload} = await jose.jwtVerify(jwt, await jose.importJWK(jwk), {algorithms: [jwk.alg], typ: 'JWT'});
    const same = payload.iss === payload.issuer.id && payload.jti === payload.id
      && payload.sub === payload.credentialSubject.id && payload.nbf === Date.parse(payload.validFrom) / 1000;
    const headersOnly = Object.keys(header).sort().join() === 'alg,kid,typ';
    return {valid: same && headersOnly && payload.vc === undefined, detail: 'claims or header'};
  } catch (error) {
    return {valid: false, detail: error.message};
  }
}

if (input.credential) {
  await one();
}
for (const other of input.more ?? []) {
  for (const [name, verifier] of other.credential ? Object.entries({digitalBazaar, digitalCredentials}) : []) {
    const good = await verifier(other.credential);
    say(name, other.name, !other.withdrawn && !other.expired, good.valid, good.detail);
  }
  for (const jwt of other.jwts) {
    const good = await joseJwt(jwt);
    say('jose', other.name, !other.expired, good.valid, good.detail);
  }
  for (const forged of other.forged) {
    const bad = await digitalBazaar(forged);
    say('digitalBazaar', `${other.name}, forged`, false, bad.valid, JSON.stringify(forged));
  }
}
process.exit(failures === 0 ? 0 : 1);

async function one() {
  for (const [name, verifier] of Object.entries({digitalBazaar, digitalCredentials})) {
    const good = await verifier(input.credential);
    say(name, 'the credential', true, good.valid, good.detail);
    for (const [what, credential] of Object.entries(input.tampered)) {
      const bad = await verifier(credential);
      say(name, what, false, bad.valid, bad.detail);
    }
  }
  Object.assign(input.documents, input.withdrawn);
  for (const [name, verifier] of Object.entries({digitalBazaar, digitalCredentials})) {
    const bad = await verifier(input.credential);
    say(name, 'the credential that was taken back', false, bad.valid, bad.detail);
  }
  const good = await joseJwt(input.jwt);
  say('jose', 'the JWT', true, good.valid, good.detail);
  for (const [what, jwt] of Object.entries(input.tamperedJwts)) {
    const bad = await joseJwt(jwt);
    say('jose', what, false, bad.valid, bad.detail);
  }
}
