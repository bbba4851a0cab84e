using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace PushPruner.EndToEnd.Tests.StandIns;

/// <summary>Spells the types of a signature much as C# would.</summary>
sealed class SignatureNames : ISignatureTypeProvider<TypeName, object?>
{
    public TypeName GetArrayType(TypeName elementType, ArrayShape shape) =>
        elementType with { Text = $"{elementType}[{new string(',', shape.Rank - 1)}]" };

    public TypeName GetByReferenceType(TypeName elementType) => elementType with { Text = $"ref {elementType}" };

    public TypeName GetFunctionPointerType(MethodSignature<TypeName> signature) => new("function pointer");

    public TypeName GetGenericInstantiation(TypeName genericType, ImmutableArray<TypeName> typeArguments) =>
        genericType with { Text = $"{genericType}<{string.Join(", ", typeArguments)}>" };

    public TypeName GetGenericMethodParameter(object? genericContext, int index) => new($"TMethod{index}");

    public TypeName GetGenericTypeParameter(object? genericContext, int index) => new($"T{index}");

    public TypeName GetModifiedType(TypeName modifier, TypeName unmodifiedType, bool isRequired) =>
        isRequired ? unmodifiedType with { Text = $"{unmodifiedType} modreq({modifier})" } : unmodifiedType;

    public TypeName GetPinnedType(TypeName elementType) => elementType;

    public TypeName GetPointerType(TypeName elementType) => elementType with { Text = $"{elementType}*" };

    public TypeName GetPrimitiveType(PrimitiveTypeCode typeCode) => new(typeCode.ToString());

    public TypeName GetSZArrayType(TypeName elementType) => elementType with { Text = $"{elementType}[]" };

    public TypeName GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        return new(Qualified(reader.GetString(type.Namespace), reader.GetString(type.Name)));
    }

    public TypeName GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeReference(handle);
        var name = Qualified(reader.GetString(type.Namespace), reader.GetString(type.Name));
        return type.ResolutionScope.Kind switch
        {
            HandleKind.AssemblyReference => new(
                name, reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)),
            HandleKind.TypeReference when GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0) is var outer =>
                outer with { Text = $"{outer}.{name}" },
            _ => new(name),
        };
    }

    public TypeName GetTypeFromSpecification(
        MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    static string Qualified(string space, string name)
    {
        var plain = name.Split('`')[0];
        return space.Length == 0 ? plain : $"{space}.{plain}";
    }
}
