const { enableCompileCache } = require('node:module');

enableCompileCache?.(); // Node 22.1 and later
const { work } = require('../dist/main.cjs');

work();
