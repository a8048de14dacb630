/** Who may import whom. ARCHITECTURE.md has the picture; this file is what makes it true. */

const isTest = '\\.test\\.ts$|^(core|electron|renderer|server|simulator)/testing/|^(tests|bench)/'

/** What `from` may reach of this project's own code; packages are npm's business. */
const only = (name, from, ...to) => ({
  name,
  severity: 'error',
  from: { path: from, pathNot: isTest },
  to: { path: '^(core|electron|renderer|server|simulator|tools|bench)/', pathNot: to },
})
const core = (...folders) => `^core/(${folders.join('|')})/`

/** What a window may know of core. */
const window = core('lib', 'domain', 'contract', 'metrics', 'text', 'format')
const server = core(
  'lib',
  'domain',
  'mutators',
  'protocol',
  'metrics',
  'text',
  'format',
  'verification',
)

module.exports = {
  forbidden: [
    only('core/lib stands alone', core('lib'), core('lib')),
    only('core/domain: the nouns', core('domain'), core('domain', 'lib')),
    only('core/mutators: the deeds', core('mutators'), core('mutators', 'domain', 'lib')),
    only('core/protocol', core('protocol'), core('protocol', 'domain', 'lib')),
    only('core/contract', core('contract'), core('contract', 'mutators', 'domain', 'lib')),
    only('core/metrics', core('metrics'), core('metrics', 'domain', 'lib')),
    only('core/verification', core('verification'), core('verification', 'text', 'domain', 'lib')),
    only('core/format', core('format'), core('format', 'domain', 'lib')),
    only('core/text', core('text'), core('text', 'domain', 'lib')),
    only(
      'core/replica',
      core('replica'),
      core('replica', 'contract', 'protocol', 'mutators', 'verification', 'domain', 'lib'),
    ),
    only(
      'the window knows the contract and nothing else',
      '^renderer/(?!web/)',
      '^renderer/',
      window,
    ),
    only(
      'features keep apart',
      '^renderer/(inbox|thread|composer|contact|templates|search|verification|sends|insights|board|admin|settings|signin)/',
      '^renderer/($1|ui|bridge|styles)/',
      window,
    ),
    only(
      'the kit knows no feature',
      '^renderer/ui/',
      '^renderer/(ui|styles)/',
      core('lib', 'text', 'format'),
    ),
    only(
      "renderer/web is the browser's host",
      '^renderer/web/',
      '^renderer/(web|bridge)/',
      '^core/',
    ),
    only(
      'the preload names no method',
      '^electron/preload/',
      '^electron/preload/',
      core('contract'),
    ),
    only('electron/main', '^electron/main/', '^electron/(main|host)/', '^core/'),
    only('electron/host', '^electron/host/', '^electron/host/', '^core/'),
    only('server', '^server/', '^server/', server),
    only('the simulator shares no code with the server', '^simulator/', '^simulator/', core('lib')),
    {
      name: "only whatsapp/ and intake/ see Meta's format",
      severity: 'error',
      from: { path: '^server/', pathNot: ['^server/(whatsapp|intake)/', isTest] },
      to: { path: '^server/whatsapp/wire' },
    },
    {
      name: 'the host has no Electron in it',
      comment: 'its entry apart, which takes the ports Electron hands it',
      severity: 'error',
      from: { path: '^electron/host/', pathNot: ['^electron/host/index\\.ts$', isTest] },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'core needs no platform',
      severity: 'error',
      from: { path: '^core/', pathNot: isTest },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing depends on tests and benchmarks',
      severity: 'error',
      from: { pathNot: isTest },
      to: { path: isTest },
    },
    {
      name: 'nothing depends on tools',
      severity: 'error',
      from: { path: '^(core|electron|renderer|server|simulator)/', pathNot: isTest },
      to: { path: '^tools/' },
    },
    {
      name: 'what runs is installed with it',
      comment: 'the server and the desktop ship without devDependencies',
      severity: 'error',
      from: { path: '^(server|simulator)/', pathNot: isTest },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'everything is found', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no cycles',
      comment: 'a component that shows itself inside itself apart',
      severity: 'error',
      from: { path: '(.+)' },
      to: { circular: true, pathNot: '^$1$', viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^out/|virtual:|^~icons/' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'svelte', 'browser', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
