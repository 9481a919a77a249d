// The single script: it registers the tags and exports what the package does.
import './define.js';
export * from './index.js';
