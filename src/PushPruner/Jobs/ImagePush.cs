namespace PushPruner.Jobs;

/// <summary>What a push event says. A hint: where to look and when, not what is there.</summary>
/// <param name="Tag">Null when the push had none.</param>
/// <param name="Time">When ECR sent the event, in whole seconds. Not the time of the push: a retag sends one too.</param>
public sealed record ImagePush(string Repository, Digest Digest, string? Tag, DateTimeOffset Time);
