#!/usr/bin/env node
// CommonJS, like all of dist: Node loads it in half the time it needs for modules.
require('./compile-cache.js');
const { pathToFileURL } = require('node:url');
const { main } = require('../dist/main.cjs');

main(pathToFileURL(`${__dirname}/../`)).then(exitCode => {
  process.exitCode = exitCode;
});
