/** Path of a Chromium; `CHROMIUM_PATH` wins. Installs Debian's when there is none and we may; else ends the process with a sentence. */
export function ensureChromium(): Promise<string>
