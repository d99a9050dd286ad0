export { pageOfFindings } from './from-findings.js';
export { renderPage } from './render.js';
