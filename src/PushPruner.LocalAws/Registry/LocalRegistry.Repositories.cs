using System.Text.RegularExpressions;

namespace PushPruner.LocalAws;

public sealed partial class LocalRegistry
{
    readonly SortedDictionary<string, StoredRepository> repositories = new(StringComparer.Ordinal);

    internal RepositoryAnswer Apply(CreateRepositoryCall call)
    {
        Constraint.RepositoryName(call.RepositoryName);
        Constraint.OneOf(call.ImageTagMutability, "imageTagMutability", Constraint.Mutabilities);
        Constraint.Count(call.ImageTagMutabilityExclusionFilters, "imageTagMutabilityExclusionFilters", 1, 5);
        CheckTags(call.Tags);
        if (repositories.ContainsKey(call.RepositoryName))
        {
            throw new EcrError(
                "RepositoryAlreadyExistsException",
                $"The repository with name '{call.RepositoryName}' already exists in the registry with id '{options.AccountId}'");
        }

        var repository = AddRepository(call.RepositoryName, call.ImageTagMutability, call.ImageTagMutabilityExclusionFilters);
        foreach (var tag in call.Tags ?? [])
            repository.ResourceTags[tag.Key!] = tag.Value!;
        return new() { Repository = repository.Detail };
    }

    internal RepositoryAnswer Apply(DeleteRepositoryCall call)
    {
        var repository = Repository(call);
        if (repository.Count > 0 && !call.Force)
        {
            throw new EcrError(
                "RepositoryNotEmptyException",
                $"The repository with name '{call.RepositoryName}' in registry with id '{options.AccountId}' cannot be deleted "
                + "because it still contains images");
        }

        repositories.Remove(repository.Detail.RepositoryName);
        return new() { Repository = repository.Detail };
    }

    internal DescribeRepositoriesAnswer Apply(DescribeRepositoriesCall call)
    {
        Constraint.Count(call.RepositoryNames, "repositoryNames", 1, 100);
        Constraint.MaxResults(call.MaxResults);
        if (call.RepositoryNames is { } names)
        {
            // Names and paging exclude each other.
            if (call.NextToken is not null || call.MaxResults is not null)
                throw EcrError.InvalidParameter("nextToken", "nextToken and maxResults cannot be used with repositoryNames");
            return new() { Repositories = [.. names.Select(name => Repository(call.RegistryId, name).Detail)] };
        }

        var (from, _) = PageToken.Read(call.NextToken, call.Operation);
        var size = call.MaxResults ?? 100;
        var page = repositories.Values
            .Select(repository => repository.Detail)
            .Where(repository => from is null || string.CompareOrdinal(repository.RepositoryName, from) > 0)
            .Take(size + 1)
            .ToList();
        return page.Count > size
            ? new() { Repositories = page[..size], NextToken = PageToken.Of(call.Operation, page[size - 1].RepositoryName) }
            : new() { Repositories = page };
    }

    // A token is for half a day.
    internal GetAuthorizationTokenAnswer Apply(GetAuthorizationTokenCall _) => new()
    {
        AuthorizationData =
        [
            new()
            {
                AuthorizationToken = Convert.ToBase64String("AWS:any-password-will-do"u8),
                ExpiresAt = Now() + TimeSpan.FromHours(12),
                ProxyEndpoint = $"https://{options.AccountId}.dkr.ecr.{options.Region}.amazonaws.com",
            },
        ],
    };

    StoredRepository Repository<TAnswer>(EcrCall<TAnswer> call) => Repository(call.RegistryId, call.RepositoryName);

    StoredRepository Repository(string? registryId, string? name)
    {
        Constraint.RegistryId(registryId);
        Constraint.RepositoryName(name);

        // Another account's registry isn't here, and neither are its repositories.
        var registry = registryId ?? options.AccountId;
        return string.Equals(registry, options.AccountId, StringComparison.Ordinal) && repositories.TryGetValue(name, out var repository)
            ? repository
            : throw EcrError.RepositoryNotFound(name, registry);
    }

    StoredRepository AddRepository(string name, string? mutability = null, IReadOnlyList<MutabilityExclusion>? exclusions = null)
    {
        var repository = new StoredRepository(new()
        {
            RepositoryArn = RepositoryArn.Of(options, name),
            RegistryId = options.AccountId,
            RepositoryName = name,
            RepositoryUri = $"{options.AccountId}.dkr.ecr.{options.Region}.amazonaws.com/{name}",
            CreatedAt = Now(),
            ImageTagMutability = mutability ?? "MUTABLE",
            ImageTagMutabilityExclusionFilters = exclusions,
        });
        repositories.Add(name, repository);
        return repository;
    }

    static bool IsImmutable(RepositoryDetail repository, string tag)
    {
        var isExcluded = (repository.ImageTagMutabilityExclusionFilters ?? []).Any(exclusion => Regex.IsMatch(
            tag,
            $@"\A{Regex.Escape(exclusion.Filter ?? "").Replace(@"\*", ".*", StringComparison.Ordinal)}\z",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)));
        return repository.ImageTagMutability switch
        {
            "IMMUTABLE" => true,
            "IMMUTABLE_WITH_EXCLUSION" => !isExcluded,
            "MUTABLE_WITH_EXCLUSION" => isExcluded,
            _ => false,
        };
    }
}
