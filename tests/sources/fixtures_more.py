"""Larger fixtures: an export of Zotero as RDF, and one of RefWorks."""

REFWORKS = """RT Journal Article
SR Electronic(1)
ID 12
A1 Lovelace,Ada
A1 Babbage,Charles
T1 On engines of difference
JF Annals of Engines
YR 1843
FD Sep 3 1843
VO 3
IS 2
SP 1
OP 9
K1 engines; notes
AB We compute.
DO 10.1234/engines
LK https://annals.example/1

RT Book, Whole
SR Print(0)
A1 Group of Engines,
T1 All engines
YR in press
SN 978-0-00-000000-2
PB Taylor
PP London
"""

ZOTERO_RDF = """<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:vcard="http://nwalsh.com/rdf/vCard#"
 xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
  <bib:Article rdf:about="https://annals.example/1">
    <z:itemType>journalArticle</z:itemType>
    <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
    <bib:authors><rdf:Seq>
      <rdf:li><foaf:Person><foaf:surname>Lovelace</foaf:surname>
        <foaf:givenName>Ada</foaf:givenName></foaf:Person></rdf:li>
      <rdf:li><foaf:Person><foaf:surname>The Group</foaf:surname></foaf:Person></rdf:li>
    </rdf:Seq></bib:authors>
    <dcterms:isReferencedBy rdf:resource="#item_4"/>
    <link:link rdf:resource="#item_5"/>
    <dc:subject>mine</dc:subject>
    <dc:subject><z:AutomaticTag><rdf:value>theirs</rdf:value></z:AutomaticTag></dc:subject>
    <dc:title>On engines of difference</dc:title>
    <dcterms:abstract>We compute.</dcterms:abstract>
    <dc:date>1843-09</dc:date>
    <bib:pages>1-9</bib:pages>
    <dc:description>Citation Key: ada1843</dc:description>
    <dc:identifier>DOI 10.1234/engines</dc:identifier>
    <dc:identifier><dcterms:URI><rdf:value>https://annals.example/1</rdf:value></dcterms:URI>
    </dc:identifier>
  </bib:Article>
  <bib:Journal rdf:about="urn:issn:1234-5678">
    <dc:title>Annals of Engines</dc:title><prism:volume>3</prism:volume>
    <dc:identifier>ISSN 1234-5678</dc:identifier>
  </bib:Journal>
  <bib:Memo rdf:about="#item_4"><rdf:value>&lt;p&gt;A note&lt;/p&gt;</rdf:value></bib:Memo>
  <z:Attachment rdf:about="#item_5"><z:itemType>attachment</z:itemType>
    <z:path rdf:resource="files/5/a.pdf"/><dc:title>PDF</dc:title></z:Attachment>
  <bib:BookSection rdf:about="#item_6">
    <z:itemType>bookSection</z:itemType>
    <dcterms:isPartOf><bib:Book>
      <dcterms:isPartOf><bib:Series><dc:title>Sums</dc:title></bib:Series></dcterms:isPartOf>
      <dc:title>All engines</dc:title><dc:identifier>ISBN 978-0-00-000000-2</dc:identifier>
    </bib:Book></dcterms:isPartOf>
    <dc:publisher><foaf:Organization>
      <vcard:adr><vcard:Address><vcard:locality>London</vcard:locality></vcard:Address></vcard:adr>
      <foaf:name>Taylor</foaf:name></foaf:Organization></dc:publisher>
    <dc:title>Of one engine</dc:title>
  </bib:BookSection>
  <bib:Memo rdf:about="#item_7"><rdf:value>Buy ink</rdf:value></bib:Memo>
  <z:Collection rdf:about="#collection_1"><dc:title>Top</dc:title>
    <dcterms:hasPart rdf:resource="#collection_2"/></z:Collection>
  <z:Collection rdf:about="#collection_2"><dc:title>Below</dc:title>
    <dcterms:hasPart rdf:resource="https://annals.example/1"/></z:Collection>
</rdf:RDF>
"""
