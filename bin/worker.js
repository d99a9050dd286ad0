require('./compile-cache.js');
const { work } = require('../dist/main.cjs');

work();
