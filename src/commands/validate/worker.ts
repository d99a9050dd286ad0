export { glancesAt as workOn } from './glance.js';
