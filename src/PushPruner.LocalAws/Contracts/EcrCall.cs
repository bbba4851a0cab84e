using System.Text.Json.Serialization;

namespace PushPruner.LocalAws;

/// <summary>A request to ECR, with the fields of the wire.</summary>
/// <typeparam name="TAnswer">What ECR answers when it succeeds.</typeparam>
public abstract record EcrCall<TAnswer>
{
    [JsonIgnore]
    public abstract string Operation { get; }

    public string? RegistryId { get; init; }

    public string? RepositoryName { get; init; }

    internal virtual int IdCount => 0;

    internal virtual string? Target => RepositoryName;

    internal abstract TAnswer Apply(LocalRegistry registry);
}
