// /app/iframeResizer.js: pages that frame us load it, and call iFrameResize({}, frame).
import { iFrameResize } from './frames';

Object.assign(window, { iFrameResize });
