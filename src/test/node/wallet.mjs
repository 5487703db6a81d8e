// Takes badges like a wallet, with what others wrote: a client of OpenID4VCI, or VC-API with presentations signed by libraries
// of Digital Bazaar. Usage: node wallet.mjs input.json
//   input: {takes: [{offer: 'openid-credential-offer://…', txCode, configuration, key: 'did:key' | 'did:jwk' | 'jwk'}
//     or {interaction: 'https://…?iuv=1', question: another such address or nothing, lost: bool, old: bool, wrong: nothing | 'challenge' | 'domain' | 'holder' | 'changed' | 'key'}]}
// Prints {taken: [{did, version, credential}]}; ends with status 1 where a step fails.
import {createHash, randomBytes} from 'node:crypto';
import fs from 'node:fs';
import {clientAuthenticationAnonymous} from '@openid4vc/oauth2';
import {Openid4vciClient, setGlobalConfig} from '@openid4vc/openid4vci';
import {contexts} from '@digitalbazaar/credentials-context';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as dcc from '@digitalcredentials/vc';
import {Ed25519Signature2020} from '@digitalcredentials/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalcredentials/ed25519-verification-key-2020';
import {securityLoader} from '@digitalcredentials/security-document-loader';
import * as jose from 'jose';

// The tests run on loopback.
setGlobalConfig({allowInsecureUrls: true});
const input = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));

async function holder(kind) {
  if (kind === 'did:key') {
    const {publicKey, privateKey} = await jose.generateKeyPair('EdDSA', {crv: 'Ed25519', extractable: true});
    const {publicKeyMultibase} = await Ed25519Multikey.fromJwk({jwk: await jose.exportJWK(publicKey)});
    const jwk = await jose.exportJWK(privateKey);
    const did = `did:key:${publicKeyMultibase}`;
    return {did, jwk, signer: {method: 'did', didUrl: `${did}#${publicKeyMultibase}`, alg: 'EdDSA'}};
  }
  const {publicKey, privateKey} = await jose.generateKeyPair('ES256', {extractable: true});
  const publicJwk = await jose.exportJWK(publicKey);
  const jwk = await jose.exportJWK(privateKey);
  const bare = {crv: publicJwk.crv, kty: publicJwk.kty, x: publicJwk.x, y: publicJwk.y};
  const did = `did:jwk:${Buffer.from(JSON.stringify(bare)).toString('base64url')}`;
  return {did, jwk, signer: kind === 'jwk'
    ? {method: 'jwk', publicJwk: bare, alg: 'ES256'} : {method: 'did', didUrl: `${did}#0`, alg: 'ES256'}};
}

async function take({offer, txCode, configuration, key}) {
  const who = await holder(key);
  const client = new Openid4vciClient({callbacks: {
    fetch,
    hash: (data, alg) => createHash(alg.replace('-', '')).update(data).digest(),
    generateRandom: (length) => randomBytes(length),
    clientAuthentication: clientAuthenticationAnonymous(),
    signJwt: async (signer, {header, payload}) => ({
      jwt: await new jose.SignJWT(payload).setProtectedHeader(header).sign(await jose.importJWK(who.jwk, who.signer.alg)),
      signerJwk: who.jwk,
    }),
  }});
  const credentialOffer = await client.resolveCredentialOffer(offer);
  const issuerMetadata = await client.resolveIssuerMetadata(credentialOffer.credential_issuer);
  const {accessTokenResponse} = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({credentialOffer, issuerMetadata, txCode});
  const {c_nonce: nonce} = await client.requestNonce({issuerMetadata});
  const {jwt} = await client.createCredentialRequestJwtProof({
    issuerMetadata, credentialConfigurationId: configuration, signer: who.signer, nonce});
  const {credentialResponse} = await client.retrieveCredentials({
    issuerMetadata, credentialConfigurationId: configuration, accessToken: accessTokenResponse.access_token, proofs: {jwt: [jwt]}});
  return {did: who.did, version: issuerMetadata.originalDraftVersion, credential: credentialResponse.credentials[0].credential};
}

async function documentLoader(url) {
  if (!contexts.has(url)) {
    throw new Error(`refused ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: contexts.get(url)};
}

async function newKey() {
  const key = await Ed25519Multikey.generate();
  key.controller = `did:key:${key.publicKeyMultibase}`;
  key.id = `${key.controller}#${key.publicKeyMultibase}`;
  return key;
}

async function post(url, body) {
  const response = await fetch(url, {
    method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(body)});
  return {status: response.status, body: await response.json()};
}

// As the Learner Credential Wallet signs.
async function predecessor(request) {
  const seed = randomBytes(32);
  const pair = await Ed25519VerificationKey2020.generate({seed});
  const did = `did:key:${pair.fingerprint()}`;
  pair.controller = did;
  pair.id = `${did}#${pair.fingerprint()}`;
  const presentation = await dcc.createPresentation({holder: did, verify: false});
  const signed = await dcc.signPresentation({presentation, challenge: request.challenge, domain: request.domain,
    documentLoader: securityLoader({fetchRemoteContexts: false}).build(), suite: new Ed25519Signature2020({key: pair})});
  return {did, signed};
}

async function old({interaction}) {
  const {protocols} = await (await fetch(interaction, {headers: {accept: 'application/json'}})).json();
  const {verifiablePresentationRequest: request} = (await post(protocols.vcapi, {})).body;
  const {did, signed} = await predecessor(request);
  const answer = await post(protocols.vcapi, {verifiablePresentation: signed});
  return {did, status: answer.status, proof: signed.proof.type, contexts: signed['@context'],
    credential: answer.body.verifiablePresentation?.verifiableCredential?.[0]};
}

async function present(interaction, key, wrong) {
  const {protocols} = await (await fetch(interaction, {headers: {accept: 'application/json'}})).json();
  const {verifiablePresentationRequest: request} = (await post(protocols.vcapi, {})).body;
  const other = await newKey();
  const suite = new DataIntegrityProof({cryptosuite, signer: key.signer()});
  const presentation = vc.createPresentation({holder: wrong === 'holder' ? other.controller : key.controller});
  let signed = await vc.signPresentation({presentation, suite, documentLoader,
    challenge: wrong === 'challenge' ? 'made-up' : request.challenge,
    domain: wrong === 'domain' ? 'elsewhere.example' : request.domain});
  if (wrong === 'changed') {
    signed = {...signed, id: 'urn:uuid:00000000-0000-4000-8000-000000000000'};
  }
  if (wrong === 'key') {
    signed = {...signed, holder: undefined, proof: {...signed.proof, verificationMethod: other.id}};
  }
  const answer = await post(protocols.vcapi, {verifiablePresentation: signed});
  return {request, answer, again: async () => post(protocols.vcapi, {verifiablePresentation: signed})};
}

// A badge, and then the answer to the question whose it is: from a stranger's wallet, and from the one that has it. Or once more
// the badge, as if the answer had been lost on its way to the phone.
async function exchange({interaction, question, wrong, lost}) {
  const key = await newKey();
  const {request, answer, again} = await present(interaction, key, wrong);
  const stranger = question && (await present(question, await newKey())).answer.status;
  const owner = question && (await present(question, key)).answer.status;
  const anew = lost && {stranger: (await present(interaction, await newKey())).answer.status,
    credential: (await present(interaction, key)).answer.body.verifiablePresentation?.verifiableCredential?.[0]};
  return {query: request.query, status: answer.status, again: (await again()).status, did: key.controller, stranger, owner, anew,
    credential: answer.body.verifiablePresentation?.verifiableCredential?.[0]};
}

const taken = [];
for (const each of input.takes) {
  taken.push(await (each.old ? old(each) : each.interaction ? exchange(each) : take(each)));
}
console.log(JSON.stringify({taken}));
