export interface TemplateSource {
  readonly target: string
  readonly name: string
  readonly partial: boolean
  readonly source: string
}
export declare const templateOptions: object
export declare function templateSources(): readonly TemplateSource[]
export declare function generate(): Promise<void>
export declare function bundle(): Promise<void>
export declare function programAt(outfile: string, options?: { readonly minify?: boolean }): Promise<unknown>
