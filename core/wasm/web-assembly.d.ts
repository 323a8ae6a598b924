/** What is used of the platform: every runtime has it, no library of TypeScript but the DOM's says so. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Instance {
    constructor(module: Module);
    readonly exports: Readonly<Record<string, unknown>>;
  }
}
/** Bytes of a base64 text, one a character. */
declare function atob(text: string): string;
