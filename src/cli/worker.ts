export { work } from '../commands/workers.js';
