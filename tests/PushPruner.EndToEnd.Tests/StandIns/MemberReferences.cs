using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PushPruner.EndToEnd.Tests.StandIns;

/// <summary>What a compiled assembly calls and names of others, read from its metadata without loading it.</summary>
static class MemberReferences
{
    static readonly SignatureNames Names = new();

    internal static IEnumerable<(string Assembly, string Line)> Of(string assemblyPath)
    {
        using var image = new PEReader(File.OpenRead(assemblyPath));
        return [.. Of(image.GetMetadataReader())];
    }

    static IEnumerable<(string Assembly, string Line)> Of(MetadataReader reader) =>
    [
        .. reader.TypeReferences
            .Select(handle => Names.GetTypeFromReference(reader, handle, 0))
            .Where(type => type.Assembly is not null)
            .Select(type => (type.Assembly!, $"{type}")),
        .. reader.MemberReferences
            .Select(handle => (Member: reader.GetMemberReference(handle), Type: Parent(reader, reader.GetMemberReference(handle).Parent)))
            .Where(member => member.Type.Assembly is not null)
            .Select(member => (member.Type.Assembly!, Line(reader, member.Member, member.Type))),
    ];

    // The members of a generic type are the same whatever it is made of.
    static TypeName Parent(MetadataReader reader, EntityHandle parent) => parent.Kind switch
    {
        HandleKind.TypeReference => Names.GetTypeFromReference(reader, (TypeReferenceHandle)parent, 0),
        HandleKind.TypeSpecification when Names.GetTypeFromSpecification(reader, null, (TypeSpecificationHandle)parent, 0) is var type =>
            type with { Text = type.Text.Split('<')[0] },
        _ => default,
    };

    static string Line(MetadataReader reader, MemberReference member, TypeName type)
    {
        var name = $"{type}.{reader.GetString(member.Name).TrimStart('.')}";
        if (member.GetKind() == MemberReferenceKind.Field)
        {
            return $"{name} : {member.DecodeFieldSignature(Names, null)}";
        }

        var method = member.DecodeMethodSignature(Names, null);
        var generic = method.GenericParameterCount == 0
            ? ""
            : $"<{string.Join(", ", Enumerable.Range(0, method.GenericParameterCount).Select(index => $"TMethod{index}"))}>";
        var receiver = method.Header.IsInstance ? "" : "static ";
        return $"{name}{generic}({string.Join(", ", method.ParameterTypes)}) : {receiver}{method.ReturnType}";
    }
}
