/** What is kept at most: an image with more is described in part. */
const MAX_PACKAGES = 20_000;

/** Schemes of package URLs (purl). */
type PackageKind = 'deb' | 'apk' | 'pypi';

interface FoundPackage {
  kind: PackageKind;
  name: string;
  version: string;
}

/** Text that may stand in a name or a version; what an image says else is left out. */
const PLAIN = /^[\w.+~:!-]{1,200}$/;

/** What `inventory.sh` says about an image, line by line. */
export class Inventory {
  readonly #found = new Map<string, FoundPackage>();
  #kind: 'deb' | 'apk' = 'deb';
  #entry: Record<string, string> = {};

  hear(line: string): void {
    if (line.startsWith('path ')) this.#hearPath(line);
    else this.#hearField(line);
  }

  /** An SPDX 2.3 document. @param image its name. */
  toSpdx(image: string): object {
    this.#end();
    const packages = [...this.#found.values()].map(({ kind, name, version }, index) => ({
      SPDXID: `SPDXRef-Package-${index + 1}`,
      name,
      versionInfo: version,
      downloadLocation: 'NOASSERTION',
      filesAnalyzed: false,
      externalRefs: [
        {
          referenceCategory: 'PACKAGE-MANAGER',
          referenceType: 'purl',
          referenceLocator: `pkg:${kind}/${encodeURIComponent(name)}@${encodeURIComponent(version)}`,
        },
      ],
    }));
    return {
      spdxVersion: 'SPDX-2.3',
      dataLicense: 'CC0-1.0',
      SPDXID: 'SPDXRef-DOCUMENT',
      name: image,
      documentNamespace: `https://spdx.org/spdxdocs/${encodeURIComponent(image)}`,
      creationInfo: {
        created: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
        creators: ['Tool: groundstation'],
      },
      packages,
    };
  }

  /** `./usr/lib/python3/dist-packages/numpy-1.26.4.dist-info` */
  #hearPath(line: string): void {
    const [, name = '', version = ''] = /\/([^/-]+)-([^/-]+)\.dist-info$/.exec(line) ?? [];
    this.#add('pypi', name.toLowerCase().replaceAll('_', '-'), version);
  }

  #hearField(line: string): void {
    const [, field = '', value = ''] = /^\| (Package|Version|Status|P|V): ?(.*)$/.exec(line) ?? [];
    const startsEntry = field === 'Package' || field === 'P' || !field;
    if (startsEntry) this.#end();
    if (line.startsWith('list ')) this.#kind = line === 'list apk' ? 'apk' : 'deb';
    if (field) this.#entry[field] = value.trim();
  }

  #end(): void {
    const { Package, P, Version, V, Status } = this.#entry;
    this.#entry = {};
    // What was removed stays in Debian's list.
    if (Status !== undefined && !Status.endsWith(' installed')) return;
    this.#add(this.#kind, Package ?? P ?? '', Version ?? V ?? '');
  }

  #add(kind: PackageKind, name: string, version: string): void {
    if (!PLAIN.test(name) || !PLAIN.test(version) || this.#found.size >= MAX_PACKAGES) return;
    this.#found.set(`${kind} ${name} ${version}`, { kind, name, version });
  }
}
