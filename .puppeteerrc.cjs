// The tests drive the system's own Chromium and Firefox; puppeteer needs no download of its own.
module.exports = { skipDownload: true };
