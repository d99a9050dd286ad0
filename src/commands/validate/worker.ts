export { prescanPiece as workOn } from './prescan.js';
