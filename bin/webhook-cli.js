#!/usr/bin/env node
// CommonJS, as all of dist: Node loads it in half the time that it takes for modules.
require('./compile-cache.js');
const { pathToFileURL } = require('node:url');
const { main } = require('../dist/main.cjs');

main(pathToFileURL(`${__dirname}/../`)).then(exitCode => {
  process.exitCode = exitCode;
});
