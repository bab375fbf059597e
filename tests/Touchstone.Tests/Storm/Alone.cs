namespace Touchstone.Tests.Storm;

/// <summary>A storm is one only where its servers get the machine: it runs beside nothing else.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
