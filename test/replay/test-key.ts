/** The key of the recorded histories, which stay encrypted as real ones are. Fixed and public: it protects nothing. */
export const testKeys = [{ id: 'test', key: Buffer.alloc(32, 'gatehouse tests ') }]
