/** `npm start`. Plain Node until the packages are there; then the supervisor runs in this process and has its signals. */
import { endWithNpm } from './lib/parent.mjs'
import { prepare } from './lib/prepare.mjs'

console.log('Gatehouse is starting')
endWithNpm()
await prepare()
await import('../dist/main/start.js')
