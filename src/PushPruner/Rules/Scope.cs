namespace PushPruner.Rules;

/// <summary>Whether the manifests are all of a repository, or only those that a push had to ask for.</summary>
public enum Scope
{
    WholeRepository,
    PartOfRepository,
}
