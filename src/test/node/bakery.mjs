// Reads pictures that Laurel baked, and bakes others for it to read, with Mozilla's openbadges-bakery. Usage: node bakery.mjs input.json
//   input: {read: [{picture: base64 of a PNG or an SVG, version: 2 | 3}], bake: [{svg, assertion or nothing, url}]}
// Prints {read: [text or {unbaked: true}], baked: [svg]}; ends with status 1 where a step fails.
// The bakery knows Open Badges 2.0 only: pictures of 3.0 are read the same way, by the names that 3.0 gave. Its PNG writer does not run
// on Node 8 and later. Only what reads and writes pictures is loaded: package.json puts nothing in place of its old network libraries.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import {promisify} from 'node:util';

const require = createRequire(import.meta.url);
const png = require('openbadges-bakery/lib/png.js');
const svg = require('openbadges-bakery/lib/svg.js');
const streampng = require('streampng');
const input = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));

function texts(picture) {
  return new Promise((resolve, reject) => {
    const found = [];
    const read = streampng(picture);
    read.on('iTXt', (chunk) => found.push(chunk));
    read.once('error', reject);
    read.once('end', () => resolve(found));
  });
}

async function read({picture, version}) {
  const bytes = Buffer.from(picture, 'base64');
  const isPng = bytes.subarray(1, 4).toString('latin1') === 'PNG';
  if (isPng && version === 3) {
    const found = (await texts(bytes)).filter((chunk) => chunk.keyword === 'openbadgecredential');
    return found.length === 1 ? found[0].text : {found: found.length};
  }
  const named = version === 3
    ? Buffer.from(bytes.toString('utf8').replaceAll('openbadges:credential', 'openbadges:assertion'), 'utf8') : bytes;
  try {
    return await promisify(isPng ? png.extract : svg.extract)(named);
  } catch (error) {
    if (error.code !== 'IMAGE_UNBAKED') {
      throw error;
    }
    return {unbaked: true};
  }
}

const done = {read: [], baked: []};
for (const each of input.read) {
  done.read.push(await read(each));
}
for (const each of input.bake) {
  done.baked.push(await promisify(svg.bake)({...each, image: Buffer.from(each.svg, 'utf8')}));
}
console.log(JSON.stringify(done));
