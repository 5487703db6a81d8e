// Checks Open Badges 3.0 in their JWT form with what stands in this page: WebCrypto and no library, no network.
"use strict";
(function () {
  var data = JSON.parse(document.getElementById("data").textContent);
  var words = document.getElementById("words").dataset;
  var issuers = {};
  data.issuers.forEach(function (issuer) {
    Object.keys(issuer.keys).forEach(function (kid) {
      issuers[kid] = { did: issuer.did, jwk: issuer.keys[kid] };
    });
  });
  var ALGORITHMS = {
    RS256: {
      jwk: { kty: "RSA" },
      use: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
    },
    ES256: {
      jwk: { kty: "EC", crv: "P-256" },
      use: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
    },
  };

  function bytesOf(base64url) {
    if (!/^[A-Za-z0-9_-]*$/.test(base64url)) {
      throw new Error("unreadable");
    }
    var binary = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(binary, function (c) { return c.charCodeAt(0); });
  }

  function jsonOf(bytes) {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  }

  function read(act) {
    try {
      return act();
    } catch (e) {
      throw new Error("unreadable");
    }
  }

  // The credential in a JWT whose signature is right and whose claims say what the credential says.
  async function opened(jwt) {
    var parts = jwt.trim().split(".");
    if (parts.length !== 3) {
      throw new Error("unreadable");
    }
    var header = read(function () { return jsonOf(bytesOf(parts[0])); });
    var claims = read(function () { return jsonOf(bytesOf(parts[1])); });
    var signature = read(function () { return bytesOf(parts[2]); });
    var algorithm = Object.hasOwn(ALGORITHMS, header.alg) ? ALGORITHMS[header.alg] : null;
    var issuer = Object.hasOwn(issuers, header.kid) ? issuers[header.kid] : null;
    if (!algorithm || !issuer || issuer.jwk.kty !== algorithm.jwk.kty || Object.keys(header).sort().join() !== "alg,kid,typ" || header.typ !== "JWT") {
      throw new Error("key");
    }
    var key = await crypto.subtle.importKey(
      "jwk",
      Object.assign({}, issuer.jwk, { alg: header.alg, key_ops: ["verify"], use: undefined }),
      algorithm.use, false, ["verify"]);
    var signed = new TextEncoder().encode(parts[0] + "." + parts[1]);
    if (!(await crypto.subtle.verify(algorithm.use, key, signature, signed))) {
      throw new Error("signature");
    }
    var seconds = function (time) { return Math.floor(Date.parse(time) / 1000); };
    if (!claims.issuer || !claims.credentialSubject || claims.iss !== claims.issuer.id || claims.iss !== issuer.did
      || claims.jti !== claims.id || claims.sub !== claims.credentialSubject.id || claims.nbf !== seconds(claims.validFrom)
      || claims.exp !== (claims.validUntil === undefined ? undefined : seconds(claims.validUntil))) {
      throw new Error("claims");
    }
    ["iss", "jti", "sub", "nbf", "exp"].forEach(function (claim) { delete claims[claim]; });
    return claims;
  }

  async function bit(encodedList, index) {
    var packed = new Blob([bytesOf(encodedList.substring(1))]).stream().pipeThrough(new DecompressionStream("gzip"));
    var bits = new Uint8Array(await new Response(packed).arrayBuffer());
    return (bits[index >> 3] & (0x80 >> (index & 7))) !== 0;
  }

  // Why it was not in force when this kit was made; null: it was.
  async function withdrawn(credential) {
    var status = credential.credentialStatus;
    if (!status) {
      return null;
    }
    var name = status.statusListCredential === undefined ? status.id : status.statusListCredential;
    var list = Object.hasOwn(data.lists, name) ? data.lists[name] : null;
    if (!list) {
      throw new Error("list");
    }
    if (list.ids && Object.hasOwn(list.ids, credential.id)) {
      return list.ids[credential.id];
    }
    var index = Number(status.statusListIndex);
    if (list.all && await bit(list.all, index)) {
      return list.suspended && (await bit(list.suspended, index)) ? "suspended" : "revoked";
    }
    return null;
  }

  // What its issuer said of it when this kit was made, and what the day of today says. A record holds badges: one that has
  // ended may be in it, one that was taken back may not.
  async function standing(credential) {
    for (var each of [credential].concat(credential.credentialSubject.verifiableCredential || [])) {
      var why = await withdrawn(each);
      if (why) {
        return why;
      }
    }
    if (Date.parse(credential.validFrom) > Date.now()) {
      return "early";
    }
    return credential.validUntil && Date.parse(credential.validUntil) < Date.now() ? "over" : "valid";
  }

  // Members in one order, so that two that say the same are the same text.
  function ordered(value) {
    if (Array.isArray(value)) {
      return value.map(ordered);
    }
    if (value === null || typeof value !== "object") {
      return value;
    }
    return Object.keys(value).sort().map(function (name) { return [name, ordered(value[name])]; });
  }

  // The signed JSON says the same as a JWT of this kit, whose signature a browser can check: that of the badge, or of another
  // form of it, as without its level or for a wallet.
  async function sameAsKnown(json) {
    var credential = read(function () { return JSON.parse(json); });
    delete credential.proof;
    var said = JSON.stringify(ordered(credential));
    var reason = "other";
    for (var known of data.badges) {
      for (var jwt of [known.jwt].concat(known.forms)) {
        var claims = read(function () { return jsonOf(bytesOf(jwt.split(".")[1])); });
        if (claims.id === credential.id) {
          reason = "form";
          var signed = await opened(jwt);
          if (JSON.stringify(ordered(signed)) === said) {
            return signed;
          }
        }
      }
    }
    throw new Error(reason);
  }

  // The text of the one chunk that a badge is baked into; null: of Open Badges 2.0.
  function baked(bytes) {
    var view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (var at = 8; at + 12 <= bytes.length; at += view.getUint32(at) + 12) {
      var type = String.fromCharCode.apply(null, bytes.subarray(at + 4, at + 8));
      if (type === "iTXt") {
        var text = new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(at + 8, at + 8 + view.getUint32(at)));
        if (text.startsWith("openbadgecredential\0\0\0\0\0")) {
          return text.substring("openbadgecredential".length + 5);
        }
        if (text.startsWith("openbadges\0")) {
          return null;
        }
      }
    }
    throw new Error("unreadable");
  }

  // The text of the one element of a drawing that holds a badge; null: of Open Badges 2.0. A document that is only parsed runs
  // nothing and fetches nothing.
  function drawn(svg) {
    var picture = new DOMParser().parseFromString(svg, "image/svg+xml");
    var found = picture.getElementsByTagNameNS("https://purl.imsglobal.org/ob/v3p0", "credential");
    if (found.length === 1) {
      return found[0].textContent.trim() || found[0].getAttribute("verify");
    }
    if (!found.length && picture.getElementsByTagNameNS("http://openbadges.org", "assertion").length) {
      return null;
    }
    throw new Error("unreadable");
  }

  function textOf(bytes) {
    var text = read(function () {
      if (bytes[0] === 0x89 && bytes[1] === 0x50) {
        return baked(bytes);
      }
      var plain = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      return plain.trim().startsWith("<") ? drawn(plain) : plain;
    });
    if (text === null) {
      throw new Error("older");
    }
    return text;
  }

  // A link to each of the files that stand beside this page.
  function linked(files) {
    var element = document.createElement("div");
    element.className = "file";
    files.forEach(function (file, index) {
      var link = document.createElement("a");
      link.href = file.split("/").map(encodeURIComponent).join("/");
      link.textContent = file;
      element.append(index ? " · " : "", link);
    });
    return element;
  }

  function add(list, state, name, file, more, beside) {
    var item = document.createElement("li");
    item.className = state === "valid" ? "valid" : "invalid";
    [["state", words[state]], ["name", name], ["more", more], ["file", file]].forEach(function (line) {
      if (line[1]) {
        var element = document.createElement("div");
        element.className = line[0];
        element.dir = "auto";
        element.textContent = line[1];
        item.appendChild(element);
      }
    });
    if (beside) {
      item.appendChild(linked(beside));
    }
    document.getElementById(list).appendChild(item);
  }

  async function check(list, file, name, open, beside) {
    try {
      var credential = await open();
      var state = await standing(credential);
      var said = (credential.credentialSubject.achievement || credential).name;
      add(list, state, said, file, words.by + " " + credential.issuer.name + ", " + credential.validFrom.substring(0, 10), beside);
    } catch (e) {
      add(list, "invalid", name, file, words[e.message] || words.unreadable, beside);
    }
  }

  (async function () {
    for (var badge of data.badges) {
      await check("badges", "", badge.name, opened.bind(null, badge.jwt), badge.beside);
    }
    document.body.dataset.checked = "true";
  })();

  document.getElementById("files").addEventListener("change", async function (event) {
    document.getElementById("checked").textContent = "";
    for (var file of event.target.files) {
      var bytes = new Uint8Array(await file.arrayBuffer());
      await check("checked", file.name, "", async function () {
        var text = textOf(bytes);
        return text.trim().startsWith("{") ? sameAsKnown(text) : opened(text);
      });
    }
  });
})();
