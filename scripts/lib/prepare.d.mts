export declare const root: string
export declare function prepare(): Promise<void>
export declare function build(): Promise<void>
