// Makes badges with software of others, and forgeries of them, for Laurel's verifier to judge. Usage: node make.mjs contexts-folder
// Prints {documents: {url: json or text}, valid: [{name, badge}], forged: [{name, badge}]}.
import fs from 'node:fs';
import crypto from 'node:crypto';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import {createList} from '@digitalbazaar/vc-bitstring-status-list';
import {Ed25519Signature2020} from '@digitalcredentials/ed25519-signature-2020';
import {Ed25519VerificationKey2020} from '@digitalcredentials/ed25519-verification-key-2020';
import * as vc11 from '@digitalcredentials/vc';
import * as jose from 'jose';

const folder = process.argv[2];
const HOST = 'https://made.example';
const DID = 'did:web:made.example';
const VC2 = 'https://www.w3.org/ns/credentials/v2';
const VC1 = 'https://www.w3.org/2018/credentials/v1';
const OB = (version) => `https://purl.imsglobal.org/spec/ob/v3p0/context-${version}.json`;
const ED2020 = 'https://w3id.org/security/suites/ed25519-2020/v1';
const files = {
  [VC2]: 'credentials-v2.jsonld', [VC1]: 'credentials-v1.jsonld', [OB('3.0.3')]: 'open-badges-3.0.3.json',
  [OB('3.0.2')]: 'open-badges-3.0.2.json', [OB('3.0.1')]: 'open-badges-3.0.1.json', [ED2020]: 'ed25519-2020-v1.jsonld',
  'https://w3id.org/security/data-integrity/v2': 'data-integrity-v2.jsonld'};
const documents = {};
const valid = [];
const forged = [];

const documentLoader = async (url) => {
  if (!files[url]) {
    throw new Error(`refused ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: JSON.parse(fs.readFileSync(`${folder}/${files[url]}`, 'utf8'))};
};

const key = await Ed25519Multikey.generate({id: `${DID}#key-1`, controller: DID});
const key2020 = await Ed25519VerificationKey2020.generate({id: `${DID}#key-2`, controller: DID});
const rs256 = await jose.generateKeyPair('RS256', {extractable: true});
const es256 = await jose.generateKeyPair('ES256', {extractable: true});
documents[`${HOST}/.well-known/did.json`] = {
  id: DID,
  verificationMethod: [
    {id: key.id, type: 'Multikey', controller: DID, publicKeyMultibase: key.publicKeyMultibase},
    {id: key2020.id, type: 'Ed25519VerificationKey2020', controller: DID, publicKeyMultibase: key2020.publicKeyMultibase},
    {id: `${DID}#rs256`, type: 'JsonWebKey', controller: DID, publicKeyJwk: await jose.exportJWK(rs256.publicKey)},
    {id: `${DID}#es256`, type: 'JsonWebKey2020', controller: DID, publicKeyJwk: await jose.exportJWK(es256.publicKey)}],
  assertionMethod: [key.id, key2020.id, `${DID}#rs256`, `${DID}#es256`]};
documents[`${HOST}/keys/rs256`] = {...await jose.exportJWK(rs256.publicKey), kid: `${HOST}/keys/rs256`, alg: 'RS256'};

const list = await createList({length: 131072});
list.setStatus(94567, true);
const listCredential = {
  '@context': [VC2], id: `${HOST}/status/1`, type: ['VerifiableCredential', 'BitstringStatusListCredential'], issuer: DID,
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {id: `${HOST}/status/1#list`, type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: await list.encode()}};
const suite = () => new DataIntegrityProof({signer: key.signer(), cryptosuite});
documents[`${HOST}/status/1`] = await vc.issue({credential: listCredential, suite: suite(), documentLoader});

function badge({version = '3.0.3', old = false, issuer = DID, extra = {}, contexts = []} = {}) {
  return {
    '@context': [old ? VC1 : VC2, OB(version), ...contexts],
    id: `urn:uuid:${crypto.randomUUID()}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Welder — 漢字 🎓',
    issuer: {id: issuer, type: ['Profile'], name: 'Made elsewhere', url: 'https://made.example'},
    [old ? 'issuanceDate' : 'validFrom']: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: 'did:example:ada', type: ['AchievementSubject'],
      achievement: {
        id: 'https://made.example/achievements/1', type: ['Achievement'], name: 'Welder', description: 'Can "weld"\nwell',
        criteria: {narrative: 'Ten seams'}, tag: ['welding', 'metal'],
        alignment: [{type: ['Alignment'], targetName: 'Welding', targetUrl: 'https://skills.example/7'}]}},
    ...extra};
}

function keep(name, signed) {
  valid.push({name, badge: JSON.stringify(signed)});
  const change = (what, changed) => forged.push({name: `${name}, ${what}`, badge: JSON.stringify(changed)});
  const copy = () => structuredClone(signed);
  const renamed = copy();
  renamed.credentialSubject.achievement.name = 'Master welder';
  change('another name', renamed);
  const given = copy();
  given.credentialSubject.id = 'did:example:eve';
  change('given to somebody else', given);
  const taken = copy();
  taken.issuer.id = 'did:web:another.example';
  change('another issuer', taken);
  const less = copy();
  delete less.credentialSubject.achievement.tag;
  change('something left out', less);
  const bare = copy();
  delete bare.proof;
  change('without its proof', bare);
}

keep('eddsa-rdfc-2022', await vc.issue({credential: badge(), suite: suite(), documentLoader}));
keep('eddsa-rdfc-2022 of an older vocabulary', await vc.issue({
  credential: badge({old: true, version: '3.0.1', contexts: ['https://w3id.org/security/data-integrity/v2']}), suite: suite(), documentLoader}));
const status = (index) => ({credentialStatus: {
  id: `${HOST}/status/1#${index}`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: `${index}`,
  statusListCredential: `${HOST}/status/1`}});
keep('eddsa-rdfc-2022 with a status', await vc.issue({credential: badge({extra: status(94566)}), suite: suite(), documentLoader}));
forged.push({name: 'revoked', badge: JSON.stringify(
  await vc.issue({credential: badge({extra: status(94567)}), suite: suite(), documentLoader}))});
forged.push({name: 'expired', badge: JSON.stringify(await vc.issue(
  {credential: badge({extra: {validUntil: '2026-02-01T00:00:00Z'}}), suite: suite(), documentLoader, now: new Date('2026-01-15')}))});
const own = await Ed25519Multikey.generate({});
own.controller = `did:key:${own.publicKeyMultibase}`;
own.id = `${own.controller}#${own.publicKeyMultibase}`;
keep('did:key', await vc.issue({
  credential: badge({issuer: own.controller}), suite: new DataIntegrityProof({signer: own.signer(), cryptosuite}), documentLoader}));
keep('eddsa-rdfc-2022 on version 1.1', await vc.issue({
  credential: badge({old: true, version: '3.0.2', contexts: ['https://w3id.org/security/data-integrity/v2']}), suite: suite(), documentLoader}));
keep('Ed25519Signature2020 on version 1.1', await vc11.issue({
  credential: badge({old: true, version: '3.0.2', contexts: [ED2020]}),
  suite: new Ed25519Signature2020({key: key2020}), documentLoader}));

async function jwt(alg, kid, privateKey, claims, header = {}) {
  return new jose.CompactSign(new TextEncoder().encode(JSON.stringify(claims))).setProtectedHeader({alg, kid, typ: 'JWT', ...header})
    .sign(privateKey);
}
const claims = (credential) => ({...credential, iss: credential.issuer.id, jti: credential.id,
  sub: credential.credentialSubject.id, nbf: Date.parse(credential.validFrom ?? credential.issuanceDate) / 1000});
const rs = await jwt('RS256', `${HOST}/keys/rs256`, rs256.privateKey, claims(badge()));
valid.push({name: 'RS256', badge: rs});
valid.push({name: 'ES256', badge: await jwt('ES256', `${DID}#es256`, es256.privateKey, claims(badge()))});
const old = badge({old: true, version: '3.0.2'});
const {iss, jti, sub, nbf} = claims(old);
valid.push({name: 'RS256 with vc', badge: await jwt('RS256', `${HOST}/keys/rs256`, rs256.privateKey, {iss, jti, sub, nbf, vc: old})});
const [head, body, tail] = rs.split('.');
const changed = Buffer.from(Buffer.from(body, 'base64url').toString().replace('Made elsewhere', 'Made by me')).toString('base64url');
forged.push({name: 'RS256, changed', badge: [head, changed, tail].join('.')});
forged.push({name: 'RS256, another issuer in iss', badge:
  await jwt('RS256', `${HOST}/keys/rs256`, rs256.privateKey, {...claims(badge()), iss: 'did:web:another.example'})});
const none = Buffer.from(JSON.stringify({alg: 'none', typ: 'JWT'})).toString('base64url');
forged.push({name: 'none', badge: [none, body, ''].join('.')});
const hmac = new TextEncoder().encode(await jose.exportSPKI(rs256.publicKey));
forged.push({name: 'HS256 with the public key', badge: await jwt('HS256', `${HOST}/keys/rs256`, hmac, claims(badge()))});

const issuer2 = {'@context': 'https://w3id.org/openbadges/v2', type: 'Issuer', id: `${HOST}/ob2/issuer`, name: 'Made elsewhere',
  url: HOST, email: 'badges@made.example', publicKey: `${HOST}/ob2/key`, revocationList: `${HOST}/ob2/revoked`};
documents[issuer2.id] = issuer2;
documents[`${HOST}/ob2/key`] = {'@context': 'https://w3id.org/openbadges/v2', type: 'CryptographicKey', id: `${HOST}/ob2/key`,
  owner: issuer2.id, publicKeyPem: await jose.exportSPKI(rs256.publicKey)};
documents[`${HOST}/ob2/class`] = {'@context': 'https://w3id.org/openbadges/v2', type: 'BadgeClass', id: `${HOST}/ob2/class`,
  name: 'Welder', description: 'Can weld', criteria: {narrative: 'Ten seams'}, issuer: issuer2.id};
const assertion = (id, verification) => ({'@context': 'https://w3id.org/openbadges/v2', type: 'Assertion', id,
  badge: `${HOST}/ob2/class`, issuedOn: '2026-01-01T00:00:00Z', verification,
  recipient: {type: 'email', hashed: true, salt: 'Kosher',
    identity: 'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399'}});
const signed2 = assertion('urn:uuid:1', {type: 'signed', creator: `${HOST}/ob2/key`});
const revoked2 = {...signed2, id: 'urn:uuid:2'};
documents[`${HOST}/ob2/revoked`] = {id: `${HOST}/ob2/revoked`, type: 'RevocationList', issuer: issuer2.id,
  revokedAssertions: [{id: 'urn:uuid:2', revocationReason: 'by mistake'}]};
const sign2 = (claims) => new jose.CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
  .setProtectedHeader({alg: 'RS256'}).sign(rs256.privateKey);
valid.push({name: 'Open Badges 2.0, signed', badge: await sign2(signed2)});
forged.push({name: 'Open Badges 2.0, signed and revoked', badge: await sign2(revoked2)});
const hosted = assertion(`${HOST}/ob2/assertions/1`, {type: 'hosted'});
documents[hosted.id] = hosted;
valid.push({name: 'Open Badges 2.0, hosted', badge: JSON.stringify(hosted)});
valid.push({name: 'Open Badges 2.0, hosted, by its address', badge: hosted.id});
forged.push({name: 'Open Badges 2.0, hosted, for somebody else', badge: JSON.stringify(
  {...hosted, recipient: {...hosted.recipient, salt: 'x'}})});
const stray = {...hosted, id: 'https://another.example/assertions/1'};
documents[stray.id] = stray;
forged.push({name: 'Open Badges 2.0, hosted where the issuer is not', badge: JSON.stringify(stray)});
const gone = {...hosted, id: `${HOST}/ob2/assertions/2`};
documents[gone.id] = {'@context': 'https://w3id.org/openbadges/v2', id: gone.id, revoked: true};
forged.push({name: 'Open Badges 2.0, hosted and revoked', badge: JSON.stringify(gone)});

console.log(JSON.stringify({documents, valid, forged}));
